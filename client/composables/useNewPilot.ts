import type { ChartView } from './useChart.ts'
import type { Company } from './useCompany.ts'
import { computed, reactive, shallowRef, watch } from 'vue'
import { isActivePerson } from '#shared/chart/owner.ts'
import { pilotKpis, pilotSeat, pilotTemplates } from '#shared/lifecycle/templates.ts'
import { seatField } from '#shared/record/ids.ts'
import { refusalText, t } from '../text/t.ts'
import { todayHere } from './useClock.ts'
import { usePredict } from './usePredict.ts'
import { useReplica } from './useReplica.ts'

const blank = { key: '', title: '', accountability: '', reviewEvery: 'month', kpis: [] } as const

/** A pilot about to begin: a template fills the form, the seat above it gives team and owner. */
export function useNewPilot(company: Company, view: ChartView) {
  const replica = useReplica()
  const { refuse, may, mayPlaceIn } = usePredict(company)
  const form = reactive({ template: pilotTemplates[0]?.key ?? '', title: '', accountability: '', reportsTo: company.mySeats.value.find(({ d }) => d.kind === 'human')?.id ?? '', owner: '', tried: false })
  const template = computed(() => pilotTemplates.find(({ key }) => key === form.template) ?? blank)
  watch(template, ({ title, accountability }) => Object.assign(form, { title, accountability }), { immediate: true })
  watch(() => form.reportsTo, (above) => {
    const owner = above ? view.ownerId(above) : company.me
    form.owner = isActivePerson(view.lookup, owner) ? owner : company.me
  }, { immediate: true })

  /** Of the teams of the seat above, one this person may put it in; without such a one, the team an admin would. */
  const teams = computed(() => company.teams.value.filter(({ d }) => d[`seat/${form.reportsTo}`]))
  const team = computed(() => teams.value.find(({ d }) => mayPlaceIn(d)) ?? teams.value[0])
  const mayTeam = computed(() => team.value !== undefined && mayPlaceIn(team.value.d))
  const seat = computed(() => pilotSeat({ ...template.value, title: form.title.trim(), accountability: form.accountability.trim() }, form.owner, form.reportsTo || undefined, todayHere(replica.now())))
  const refused = shallowRef<string>()
  const errors = computed(() => ({
    title: form.tried && !form.title.trim() ? t('seat.needTitle') : undefined,
    accountability: form.tried && !form.accountability.trim() ? refusalText({ code: 'no-accountability' }) : undefined,
  }))

  /** Starts it, with its KPIs and its first line of history; undefined where something is refused. */
  async function start(): Promise<string | undefined> {
    form.tried = true
    const no = refuse({ kind: 'seat', set: seat.value })
    refused.value = no && no.code !== 'no-accountability' ? refusalText(no) : undefined
    if (no || !form.title.trim())
      return undefined
    const body = seat.value
    const id = await replica.add('seat', body)
    const kpis = template.value.key ? pilotKpis(template.value as Parameters<typeof pilotKpis>[0], id) : []
    const [value] = await Promise.all(kpis.map(kpi => replica.add('kpi', kpi)))
    if (value)
      await replica.set<'seat'>(id, { valueKpi: value })
    if (team.value && mayTeam.value)
      await replica.set<'team'>(team.value.id, seatField(id))
    await replica.add('review', { seat: id, by: company.me, at: replica.now(), verdict: 'start', stage: 'pilot', authority: 'draft', ...body.nextReview && { next: body.nextReview } })
    return id
  }

  return { form, template, team, mayTeam, errors, refused, start, may }
}
