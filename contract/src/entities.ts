import { ContentRule, HeldPost, PostReview, RuleHit, RuleTrial } from './content-rule.ts'
import { Account, CredentialAccount, FamiliarFollowers, FeaturedTag, Profile } from './account.ts'
import { Webhook, WebhookDelivery } from './webhook.ts'
import { Announcement, Reaction, TeamAnnouncement } from './announcement.ts'
import { Application, CredentialApplication } from './application.ts'
import { AudiencePreview } from './audience.ts'
import { PreviewCard } from './card.ts'
import { Draft } from './draft.ts'
import { Conversation, UnreadConversations } from './conversation.ts'
import { CustomEmoji, EmojiPack, TeamEmoji } from './emoji.ts'
import { Filter, FilterKeyword, FilterResult, FilterStatus, V1Filter } from './filter.ts'
import { FilterTest } from './filter-test.ts'
import { AdminCanonicalEmailBlock, AdminEmailDomainBlock, AdminIpBlock, BlockedName } from './gate.ts'
import { Instance, Rule, V1Instance } from './instance.ts'
import { Invite } from './invite.ts'
import { JoiningSettings, SignUpGroup } from './joining.ts'
import { List } from './list.ts'
import { Markers } from './marker.ts'
import { MeasureEffect } from './measure.ts'
import {
  AccountWarning,
  AdminReport,
  AppealItem,
  Bulk,
  Evidence,
  FiledReport,
  Queue,
  QueueGroup,
  QueueItem,
  Report,
  ReportCase,
} from './moderation.ts'
import { MediaAttachment } from './media.ts'
import {
  GroupedNotificationsResults,
  Notification,
  NotificationGroup,
  NotificationPolicy,
  NotificationRequest,
  PartialAccountWithAvatar,
  V1NotificationPolicy,
} from './notification.ts'
import { Poll } from './poll.ts'
import { WebPushSubscription } from './push.ts'
import { Relationship } from './relationship.ts'
import { ScheduledStatus } from './scheduled.ts'
import { RelationshipSeveranceEvent } from './severance.ts'
import { AdminDomainAllow, AdminDomainBlock, DomainDraft, DomainList, Relay, ServerCase, ServerItem } from './server.ts'
import { AdminTrendsLink, AdminTrendsStatus, LinkPublisher, Suggestion, TrendsLink } from './discovery.ts'
import { TeamTerms, TeamTexts } from './site-texts.ts'
import { ServerSettings, SitePictures } from './server-settings.ts'
import { TeamRole } from './role.ts'
import { AdminTag, Search, Tag } from './search.ts'
import { AdminAccount, SignUp } from './sign-up.ts'
import { OwnStrike, Standing } from './standing.ts'
import { LogEntry, SuspensionProposal, TeamAccount, TeamNote, TeamStrike, TeamWays, WarningPreset } from './team.ts'
import { AsyncRefresh, Context, Quote, ShallowQuote, Status, StatusEdit, StatusSource } from './status.ts'

/** Every shape that the API answers with, for the description of the API and for checks. */
export const entities = [
  Account,
  AdminAccount,
  AdminCanonicalEmailBlock,
  AdminDomainAllow,
  AdminDomainBlock,
  AdminEmailDomainBlock,
  AdminIpBlock,
  AccountWarning,
  AdminReport,
  AdminTag,
  AdminTrendsLink,
  AdminTrendsStatus,
  Announcement,
  Application,
  AsyncRefresh,
  AudiencePreview,
  BlockedName,
  Bulk,
  ContentRule,
  Context,
  Conversation,
  CredentialAccount,
  CredentialApplication,
  CustomEmoji,
  DomainDraft,
  DomainList,
  Draft,
  Evidence,
  FamiliarFollowers,
  FeaturedTag,
  FiledReport,
  Filter,
  FilterKeyword,
  FilterResult,
  FilterStatus,
  FilterTest,
  HeldPost,
  Instance,
  Invite,
  JoiningSettings,
  ServerSettings,
  SitePictures,
  TeamTerms,
  TeamTexts,
  AppealItem,
  Queue,
  QueueGroup,
  QueueItem,
  Report,
  ReportCase,
  LinkPublisher,
  List,
  Markers,
  MeasureEffect,
  OwnStrike,
  Standing,
  LogEntry,
  SuspensionProposal,
  TeamAccount,
  TeamNote,
  TeamStrike,
  TeamWays,
  WarningPreset,
  MediaAttachment,
  GroupedNotificationsResults,
  Notification,
  NotificationGroup,
  NotificationPolicy,
  NotificationRequest,
  PartialAccountWithAvatar,
  Poll,
  PostReview,
  PreviewCard,
  Profile,
  Quote,
  Reaction,
  Relationship,
  RelationshipSeveranceEvent,
  Relay,
  Rule,
  RuleHit,
  RuleTrial,
  ScheduledStatus,
  Search,
  ServerCase,
  ServerItem,
  ShallowQuote,
  SignUp,
  SignUpGroup,
  Tag,
  Status,
  StatusEdit,
  StatusSource,
  Suggestion,
  TeamAnnouncement,
  TeamEmoji,
  EmojiPack,
  Webhook,
  WebhookDelivery,
  TeamRole,
  TrendsLink,
  V1Filter,
  UnreadConversations,
  V1Instance,
  V1NotificationPolicy,
  WebPushSubscription,
] as const
