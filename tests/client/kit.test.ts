import { mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import AppAvatar from '../../client/components/base/AppAvatar.vue'
import AppButton from '../../client/components/base/AppButton.vue'
import AppChip from '../../client/components/base/AppChip.vue'
import AppSheet from '../../client/components/base/AppSheet.vue'
import AppTabs from '../../client/components/base/AppTabs.vue'
import SelectField from '../../client/components/base/SelectField.vue'
import StateText from '../../client/components/base/StateText.vue'
import TextField from '../../client/components/base/TextField.vue'
import { useSnacks } from '../../client/stores/snacks.ts'

beforeEach(() => setActivePinia(createPinia()))

const tabs = [{ value: 'now', label: 'Now' }, { value: 'later', label: 'Later' }, { value: 'solved', label: 'Solved' }] as const

function mountTabs() {
  const wrapper = mount(AppTabs, {
    attachTo: document.body,
    props: { 'tabs': tabs, 'label': 'Which', 'modelValue': 'now', 'onUpdate:modelValue': (modelValue: string) => wrapper.setProps({ modelValue }) },
  })
  return wrapper
}

describe('tabs', () => {
  it('move and choose with the arrow keys, round the ends', async () => {
    const wrapper = mountTabs()
    for (const [key, chosen] of [['ArrowRight', 'Later'], ['End', 'Solved'], ['ArrowRight', 'Now'], ['ArrowLeft', 'Solved'], ['Home', 'Now']] as const) {
      await wrapper.get('[role=tablist]').trigger('keydown', { key })
      expect(wrapper.get('[aria-selected=true]').text()).toBe(chosen)
    }
  })

  it('keep one tab in the tab order', () => {
    expect(mountTabs().findAll('[role=tab]').map(tab => tab.attributes('tabindex'))).toEqual(['0', '-1', '-1'])
  })
})

describe('a sheet', () => {
  async function open() {
    const wrapper = mount(AppSheet, { attachTo: document.body, props: { 'open': true, 'title': 'Numbers', 'onUpdate:open': (open: boolean) => wrapper.setProps({ open }) }, slots: { default: '<input data-first>' } })
    await nextTick()
    await nextTick()
    return wrapper
  }

  it('is a modal dialog named by its title, and starts where it says', async () => {
    const wrapper = await open()
    const dialog = wrapper.get('dialog')
    expect((dialog.element as HTMLDialogElement).open).toBe(true)
    expect(wrapper.get(`[id="${dialog.attributes('aria-labelledby')}"]`).text()).toBe('Numbers')
    expect(document.activeElement?.hasAttribute('data-first')).toBe(true)
    wrapper.unmount()
  })

  it('ends by its visible button and by Escape', async () => {
    const byButton = await open()
    await byButton.get('[aria-label=Close]').trigger('click')
    expect(byButton.find('dialog').exists()).toBe(false)
    const byEscape = await open()
    await byEscape.get('dialog').trigger('cancel')
    expect(byEscape.find('dialog').exists()).toBe(false)
  })
})

describe('fields', () => {
  it('tie their label and their error to the input', () => {
    const wrapper = mount(TextField, { props: { label: 'Title', modelValue: '', error: 'Needed' } })
    const input = wrapper.get('input')
    expect(wrapper.get('label').attributes('for')).toBe(input.attributes('id'))
    expect(wrapper.get(`[id="${input.attributes('aria-describedby')}"]`).text()).toBe('Needed')
    expect(input.attributes('aria-invalid')).toBe('true')
  })

  it('give back a choice in its own type', async () => {
    const wrapper = mount(SelectField, { props: { label: 'Decimals', modelValue: 0, options: [{ value: 0, label: '0' }, { value: 2, label: '2' }] } })
    await wrapper.get('select').setValue('2')
    expect(wrapper.emitted('update:modelValue')?.[0]).toEqual([2])
  })
})

describe('marks', () => {
  it('say a status by shape, word and colour', () => {
    const wrapper = mount(StateText, { props: { status: 'offTrack' } })
    expect([wrapper.text(), wrapper.classes()]).toEqual(['▼ off track', ['state', 'bad']])
  })

  it('tell an agent from a person by shape', () => {
    expect(mount(AppAvatar, { props: { name: 'Scout', agent: true } }).classes()).toContain('agent')
    expect(mount(AppAvatar, { props: { name: 'Mara Ilves' } }).classes()).not.toContain('agent')
  })

  it('are a pressed button only where they filter', () => {
    expect(mount(AppChip, { props: { tap: true, pressed: false } }).attributes('aria-pressed')).toBe('false')
    expect(mount(AppChip, { props: { tap: true } }).attributes('aria-pressed')).toBeUndefined()
    expect(mount(AppChip).element.tagName).toBe('SPAN')
  })
})

describe('buttons and snacks', () => {
  it('a busy button takes no second press', () => {
    expect(mount(AppButton, { props: { busy: true } }).attributes()).toMatchObject({ 'disabled': '', 'aria-busy': 'true' })
  })

  it('a snack stays 7 s, and its undo runs once', () => {
    vi.useFakeTimers()
    const snacks = useSnacks()
    const undo = vi.fn()
    snacks.show('Saved', { undo })
    vi.advanceTimersByTime(6900)
    expect(snacks.current?.action).toBe('Undo')
    snacks.act()
    snacks.act()
    expect([undo.mock.calls.length, snacks.current]).toEqual([1, undefined])
    snacks.show('Again')
    vi.advanceTimersByTime(7100)
    expect(snacks.current).toBeUndefined()
    vi.useRealTimers()
  })
})
