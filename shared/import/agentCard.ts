import type { DraftSeat } from './drafts.ts'
import { fieldText, otherFields } from './fieldText.ts'
import { isTooDeep } from './nesting.ts'
import { maxFileSize } from './refused.ts'
import { rowText } from './table.ts'
import { folded, oneLine } from './text.ts'

type Fields = ReadonlyMap<string, unknown>

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null && !Array.isArray(value)

/** An A2A AgentCard's fields; undefined for any other text. Throws nothing. */
export function readAgentCard(text: string): Fields | undefined {
  const fields = readObject(text)
  const isCard = fields !== undefined && typeof fields.get('name') === 'string'
    && (Array.isArray(fields.get('skills')) || isObject(fields.get('capabilities')) || typeof fields.get('protocolVersion') === 'string')
  return isCard ? fields : undefined
}

/** An AgentCard as a seat: its skills and whatever else it says become the responsibilities. It reports to nobody it names. */
export function draftOfCard(path: string, fields: Fields): DraftSeat {
  const name = oneLine(fieldText(fields.get('name')))
  const description = fieldText(fields.get('description'))
  const skills: unknown = fields.get('skills')
  const rest = otherFields(fields, ['name', 'description', 'skills'])
  return {
    row: path,
    id: name,
    calledBy: [...new Set([name, folded(name)].filter(Boolean))],
    title: name,
    kind: 'agent',
    accountability: description,
    responsibilities: [Array.isArray(skills) ? skills.map(skillLine).join('\n') : fieldText(skills), rest].filter(Boolean).join('\n\n'),
    manager: undefined,
    managerColumn: 'reportsTo',
    text: rowText([name, description]),
  }
}

/** What the agent can do, with its tags and examples. */
function skillLine(skill: unknown): string {
  if (!isObject(skill))
    return `- ${fieldText(skill)}`
  const fields = new Map(Object.entries(skill))
  const name = fieldText(fields.get('name')) || fieldText(fields.get('id'))
  const rest = otherFields(fields, ['id', 'name', 'description']).split('\n').filter(Boolean).map(line => `\n  ${line}`).join('')
  return `- ${[name, fieldText(fields.get('description'))].filter(Boolean).join(': ')}${rest}`
}

function readObject(text: string): Fields | undefined {
  const json = text.trim()
  if (!json.startsWith('{') || json.length > maxFileSize || isTooDeep(json))
    return undefined
  try {
    const value: unknown = JSON.parse(json)
    return isObject(value) ? new Map(Object.entries(value)) : undefined
  }
  catch {
    return undefined
  }
}
