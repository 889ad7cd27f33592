import type { VueWrapper } from '@vue/test-utils'
import type { Replica } from '../../client/db/types.ts'
import { afterEach, describe, expect, it } from 'vitest'
import { droppedFrom, nameOf, pickedFrom, readPicked } from '../../client/composables/pickedFiles.ts'
import ImportPage from '../../client/pages/ImportPage.vue'
import { aCompany, me, show } from './support/company.ts'
import { until } from './support/until.ts'

const open: { replica?: Replica, page?: VueWrapper } = {}
const agent = (name: string, head = '') => new File([`---\nname: ${name}\n${head}\n---\n\nYou are ${name}.\n`], `${name}.md`)
const files = [agent('lead', 'reportsTo: none'), agent('scout', 'reportsTo: lead'), agent('odd', 'description: Use: when odd'), new File(['Free for all'], 'LICENSE')]
const press = (words: RegExp) => open.page?.findAll('button').find(button => words.test(button.text()))?.trigger('click')

async function importPage() {
  const replica = open.replica = await aCompany()
  const page = open.page = show(ImportPage, replica)
  await until(() => expect(page.find('input[type=file]').exists()).toBe(true))
  return { replica, page }
}

/** Every seat of the device but the two it began with. */
async function imported(replica: Replica) {
  const seats = await new Promise<readonly { id: string, d: Record<string, unknown> }[]>(resolve => replica.find<'seat'>({ kind: 'seat' }).subscribe(found => resolve(found as never)))
  return seats.filter(({ d }) => d.importKey)
}

afterEach(async () => {
  open.page?.unmount()
  await open.replica?.close()
})

describe('several files on the import page', () => {
  it('dropped, give one preview that writes nothing; one tap writes them all', async () => {
    const { replica, page } = await importPage()
    await page.get('.page').trigger('drop', { dataTransfer: { items: [], files } })
    await until(() => expect(page.text()).toContain('What it would do'))
    expect(page.text()).toContain('4 files')
    expect(page.findAll('.trouble').map(row => row.get('.grow').text())).toEqual(['Not an agent', 'The lines at the top are not valid YAML; read line by line', 'No manager given', 'A seat of this name is here already; this becomes another'])
    expect(await imported(replica)).toEqual([])
    await press(/^Write 3 records$/)
    await until(() => expect(page.text()).toContain('3 records written'))
    const seats = await imported(replica)
    expect(seats.map(({ d }) => [d.title, d.kind, d.stage, d.owner]).sort()).toEqual([['lead', 'agent', 'planned', me], ['odd', 'agent', 'planned', me], ['scout', 'agent', 'planned', me]])
  })

  it('are owned by the one person chosen, hang under the one seat chosen, and change nothing a second time', async () => {
    const { replica, page } = await importPage()
    const field = page.get<HTMLInputElement>('input[type=file]')
    Object.defineProperty(field.element, 'files', { value: files, configurable: true })
    await field.trigger('change')
    await until(() => expect(page.text()).toContain('What it would do'))
    const [owner, under] = page.findAll('select')
    await owner?.setValue('mem_ana')
    await under?.setValue('seat_ceo')
    await until(() => expect(page.findAll('.trouble').map(row => row.get('.grow').text())).toEqual(['Not an agent', 'The lines at the top are not valid YAML; read line by line', 'A seat of this name is here already; this becomes another']))
    await press(/^Write 3 records$/)
    await until(() => expect(page.text()).toContain('3 records written'))
    const placed = (await imported(replica)).map(({ d }) => [d.title, d.owner, d.reportsTo]).sort()
    const lead = (await imported(replica)).find(({ d }) => d.title === 'lead')?.id
    expect(placed).toEqual([['lead', 'mem_ana', 'seat_ceo'], ['odd', 'mem_ana', 'seat_ceo'], ['scout', 'mem_ana', lead]])
    await press(/Another file/)
    await page.get('.page').trigger('drop', { dataTransfer: { items: [], files } })
    await until(() => expect(page.text()).toContain('Nothing to write'))
  })
})

describe('what is chosen or dropped', () => {
  it('keeps where it lay in the folder, and is named by it', async () => {
    const [scout] = files
    Object.defineProperty(scout, 'webkitRelativePath', { value: 'crew/agents/scout.md', configurable: true })
    expect(pickedFrom(files.slice(0, 2)).map(({ path }) => path)).toEqual(['crew/agents/scout.md', 'scout.md'])
    expect([nameOf([{ path: 'crew/a.md' }, { path: 'crew/b/c.md' }]), nameOf([{ path: 'a.md' }]), nameOf([{ path: 'a.md' }, { path: 'b.md' }])]).toEqual(['crew', 'a.md', ''])
  })

  it('is walked through where it is a folder, however many parts it tells its entries in; what cannot be read is kept by name', async () => {
    const leaf = (path: string, file?: File) => ({ isDirectory: false, fullPath: path, file: (done: (file: File) => void, fail: () => void) => file ? done(file) : fail() })
    const parts = [[leaf('/crew/a.md', files[0])], [leaf('/crew/gone.md')], []]
    const folder = { isDirectory: true, fullPath: '/crew', createReader: () => ({ readEntries: (done: (entries: unknown[]) => void) => done(parts.shift() ?? []) }) }
    const picked = await droppedFrom({ items: [{ webkitGetAsEntry: () => folder }], files: [] } as unknown as DataTransfer)
    expect((await readPicked(picked)).map(({ path, text }) => [path, text?.slice(0, 3)])).toEqual([['crew/a.md', '---'], ['crew/gone.md', undefined]])
  })

  it('is not read where it is no text or too large, unless it is alone', async () => {
    const read = async (...some: File[]) => (await readPicked(pickedFrom(some))).map(({ text }) => text !== undefined)
    const picture = new File(['x'], 'logo.png')
    const large = new File(['x'.repeat(1024 * 1024 + 1)], 'large.md')
    expect(await read(picture, large, new File(['x'], 'Makefile'), new File(['x'], 'x.yaml'))).toEqual([false, false, true, true])
    expect(await read(picture)).toEqual([true])
  })
})
