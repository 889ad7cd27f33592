import { defineStore } from 'pinia'
import { shallowRef } from 'vue'

/** Whether this person has just brought something to an end, their numbers or a meeting: only then are they asked for anything. */
export const useActs = defineStore('acts', () => ({ ended: shallowRef(false) }))
