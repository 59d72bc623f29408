import { Refusal } from '#lib/refusal'
import type { Claim } from '../authority.ts'
import { idOf, isJson, listOf, typeOf, type Json } from './json.ts'
import { readAttribution } from './read-note.ts'

/** An activity as far as the floor must understand it; the rooms read the object themselves. */
export type Activity = {
  id: string | undefined
  type: string
  actor: string
  objectId: string | undefined
  /** The object, when it came whole. */
  object: Json | undefined
  objectIds: string[]
  raw: Json
  claim: Claim
}

const MOST_OBJECTS = 500

/** Reads an activity, whoever sent it; says nothing yet of whether it may be believed. Throws a Refusal. */
export function readActivity(raw: Json): Activity {
  const actor = idOf(raw.actor)
  const type = typeOf(raw)
  if (!actor || type === '') throw new Refusal('badRequest', 'An activity needs an actor and a type')
  const [first] = listOf(raw.object, 1)
  const object = isJson(first) ? first : undefined
  const id = idOf(raw.id)
  const objectId = idOf(first)
  const claim: Claim = {
    type,
    id,
    actor,
    objectId,
    objectType: object && typeOf(object),
    // An object that is nothing but its id was not sent whole.
    objectEmbedded: object !== undefined && Object.keys(object).some((key) => key !== 'id' && key !== '@context'),
    objectAttributedTo: object && readAttribution(object.attributedTo),
    objectActor: object && idOf(object.actor),
    objectObject: object && idOf(object.object),
    target: idOf(raw.target),
    result: idOf(raw.result),
    instrument: idOf(raw.instrument),
  }
  const objectIds = listOf(raw.object, MOST_OBJECTS)
    .map(idOf)
    .filter((one) => one !== undefined)
  return { id, type, actor, objectId, object, objectIds, raw, claim }
}
