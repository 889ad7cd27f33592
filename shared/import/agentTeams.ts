import type { CompanyFile, TeamFile } from './agentFiles.ts'
import type { PlannedSeat, PlannedTeam, Problem } from './plan.ts'
import { longest } from './fitText.ts'
import { cut, oneLine } from './text.ts'

/** Teams of agent companies, named with their company: two companies may both have an "Engineering". One without a known seat is listed alone. */
export function planTeams(files: readonly TeamFile[], companies: readonly CompanyFile[], seats: readonly PlannedSeat[]): { teams: PlannedTeam[], problems: Problem[] } {
  const keys = new Map(seats.map(({ row, key }) => [row, key]))
  const teams: PlannedTeam[] = []
  const problems: Problem[] = []
  for (const { home, name, lead, members, path } of files) {
    const company = companies.find(one => one.home === home)?.name
    const paths = [...new Set([lead, ...members].filter(Boolean))]
    const seatKeys = paths.flatMap(one => keys.get(one) ?? [])
    const title = cut(oneLine(company ? `${cut(name, 50)} (${cut(company, 60)})` : name), longest.name)
    if (seatKeys.length)
      teams.push({ name: title, seatKeys, ...keys.has(lead) && { leadKey: keys.get(lead) } })
    else
      problems.push({ row: path, code: 'unknown-in-team', about: '', text: name })
    problems.push(...paths.filter(one => !keys.has(one)).map((about): Problem => ({ row: path, code: 'unknown-in-team', about: cut(about, 300), text: name })))
  }
  return { teams, problems }
}
