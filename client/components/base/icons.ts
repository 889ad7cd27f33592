/** Outlines on a 24-unit square. */
export const icons = {
  today: 'M4 11l8-7 8 7v9h-5v-6H9v6H4z',
  scorecard: 'M4 20V10M10 20V4M16 20v-8M22 20H2',
  issues: 'M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18M12 7v6M12 16.5v.5',
  meeting: 'M4 5h16v11H9l-5 4z',
  org: 'M12 3v5M5 16v-3h14v3M12 8v8M2.5 18.5a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0-5 0M9.5 18.5a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0-5 0M16.5 18.5a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0-5 0',
  close: 'M6 6l12 12M18 6L6 18',
  back: 'M15 5l-7 7 7 7',
  forward: 'M9 5l7 7-7 7',
  down: 'M5 9l7 7 7-7',
  plus: 'M12 5v14M5 12h14',
  minus: 'M5 12h14',
  check: 'M5 13l5 5 9-11',
  search: 'M10.5 4a6.5 6.5 0 1 0 0 13a6.5 6.5 0 1 0 0-13M20 20l-4.8-4.8',
  settings: 'M4 7h9M19 7h1M4 17h1M11 17h9M13 7a3 3 0 1 0 6 0a3 3 0 1 0-6 0M5 17a3 3 0 1 0 6 0a3 3 0 1 0-6 0',
  people: 'M9 4a3.5 3.5 0 1 0 0 7a3.5 3.5 0 1 0 0-7M2.5 20c.5-4 3-6 6.500-6s6 2 6.500 6M16 4.500a3.500 3.500 0 0 1 0 6.500M18 14.500c2 .8 3.200 2.700 3.500 5.500',
  more: 'M5 12h.01M12 12h.01M19 12h.01',
  archive: 'M3 5h18v4H3zM5 9v10h14V9M10 13h4',
  edit: 'M4 20l1-4L16 5l3 3L8 19z',
  clock: 'M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18M12 7v5l3 2',
  offline: 'M3 3l18 18M8.500 16.500a5 5 0 0 1 7 0M5 13a10 10 0 0 1 4-2.500M19 13a10 10 0 0 0-5-2.900M12 20h.01',
  erase: 'M9 5h12v14H9l-6-7zM12 9.500l5 5M17 9.500l-5 5',
  note: 'M5 4h14v16H5zM9 9h6M9 13h6M9 17h3',
  share: 'M12 15V4M8 7l4-4 4 4M6 12H4v8h16v-8h-2',
} as const

export type IconName = keyof typeof icons
