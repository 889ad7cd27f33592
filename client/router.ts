import type { RouteRecordRaw } from 'vue-router'
import { createRouter, createWebHistory } from 'vue-router'

declare module 'vue-router' {
  interface RouteMeta {
    /** Shown without an open org, outside the shell. */
    bare?: boolean
  }
}

/**
 * Every page, loaded when first shown. To add one: create `pages/<Name>Page.vue` and one line here,
 * in the order of the tabs; `meta: { bare: true }` where no org is open yet.
 */
const routes: RouteRecordRaw[] = [
  { path: '/', redirect: '/today' },
  { path: '/today', component: () => import('./pages/TodayPage.vue') },
  { path: '/scorecard', component: () => import('./pages/ScorecardPage.vue') },
  { path: '/drift', component: () => import('./pages/DriftPage.vue') },
  { path: '/insight', component: () => import('./pages/InsightPage.vue') },
  { path: '/kpi/:id', props: true, component: () => import('./pages/KpiPage.vue') },
  { path: '/issues', component: () => import('./pages/IssuesPage.vue') },
  { path: '/issues/:id', props: true, component: () => import('./pages/IssuePage.vue') },
  { path: '/meeting', component: () => import('./pages/MeetingPage.vue') },
  { path: '/meeting/live/:team/:day', props: ({ params }) => ({ id: `meeting:${String(params.team)}:${String(params.day)}` }), component: () => import('./pages/LiveMeetingPage.vue') },
  { path: '/meeting/room/:team/:day', props: ({ params }) => ({ id: `meeting:${String(params.team)}:${String(params.day)}` }), meta: { bare: true }, component: () => import('./pages/OwnRoomPage.vue') },
  { path: '/meeting/round/:id', props: true, component: () => import('./pages/RoundPage.vue') },
  { path: '/todos', component: () => import('./pages/TodosPage.vue') },
  { path: '/handoffs', component: () => import('./pages/HandoffsPage.vue') },
  { path: '/priority/:id', props: true, component: () => import('./pages/PriorityPage.vue') },
  { path: '/proposals', component: () => import('./pages/ProposalsPage.vue') },
  { path: '/org', component: () => import('./pages/OrgPage.vue') },
  { path: '/pilots', component: () => import('./pages/PilotsPage.vue') },
  { path: '/seat/:id', props: true, component: () => import('./pages/SeatPage.vue') },
  { path: '/seat/:id/connect', props: true, component: () => import('./pages/AgentPage.vue') },
  { path: '/import', component: () => import('./pages/ImportPage.vue') },
  { path: '/settings', component: () => import('./pages/SettingsPage.vue') },
  { path: '/settings/members', component: () => import('./pages/MembersPage.vue') },
  { path: '/settings/members/:id/leave', props: true, component: () => import('./pages/LeavePage.vue') },
  { path: '/settings/device', component: () => import('./pages/DevicePage.vue') },
  { path: '/welcome', meta: { bare: true }, component: () => import('./pages/WelcomePage.vue') },
  { path: '/sign-in', meta: { bare: true }, component: () => import('./pages/SignInPage.vue') },
  { path: '/room/:token', props: true, meta: { bare: true }, component: () => import('./pages/RoomPage.vue') },
  { path: '/join/:token', props: true, meta: { bare: true }, component: () => import('./pages/JoinPage.vue') },
  { path: '/:rest(.*)*', meta: { bare: true }, component: () => import('./pages/MissingPage.vue') },
]

export function makeRouter(isOpen: () => boolean) {
  const router = createRouter({
    history: createWebHistory(),
    routes,
    scrollBehavior: (to, from, saved) => saved ?? (to.path === from.path ? {} : { top: 0 }),
  })
  router.beforeEach(to => to.meta.bare || isOpen() ? true : { path: '/welcome', query: to.path === '/today' ? {} : { to: to.fullPath } })
  return router
}
