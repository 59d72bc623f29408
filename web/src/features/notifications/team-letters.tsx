import type { TeamLetter, TeamLetterWishes } from '@hamlet/contract/team-letters'
import { useEffect, useState } from 'preact/hooks'
import { explain, request } from '../../api/request.ts'
import { t } from '../../i18n/words.ts'
import { Fault, Skeleton } from '../../ui/states.tsx'
import { Group, SwitchRow } from '../settings/rows.tsx'
import { useWishes } from '../settings/use-wishes.ts'
import { teamLetterName } from '../users/team-letter-names.ts'

const PATH = '/api/web/team_letters'

/** Letters to the team, for whoever is of it: only those that their role makes them a reader of. */
export function TeamLettersSection() {
  const [wishes, setWishes] = useState<TeamLetterWishes>()
  const [fault, setFault] = useState('')
  const load = () => {
    setFault('')
    request<TeamLetterWishes>('GET', PATH).then(setWishes, (error: unknown) => setFault(explain(error)))
  }
  useEffect(load, [])
  if (wishes && Object.keys(wishes).length === 0) return null
  return (
    <Group
      title={t('teamLetters.title', 'Letters to the team')}
      id="team-letters"
      note={t('teamLetters.note', 'Each comes once an hour at most, however much happens.')}
    >
      {fault && <Fault text={fault} retry={load} />}
      {!wishes && !fault && <Skeleton rows={2} />}
      {wishes && <Letters start={wishes} />}
    </Group>
  )
}

function Letters({ start }: { start: TeamLetterWishes }) {
  const [now, change] = useWishes(start, ['PATCH', PATH], () => t('notify.saved', 'Saved.'))
  return (Object.keys(start) as TeamLetter[]).map((letter) => (
    <SwitchRow
      key={letter}
      id={`letter-${letter}`}
      label={teamLetterName(letter)}
      isOn={now[letter] === true}
      choose={(isOn) => void change({ [letter]: isOn })}
    />
  ))
}
