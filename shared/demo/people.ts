/** The demo company's people by first name. Nobody real; the signed-in member is `me` and not among them. */
export const demoPeople = {
  noor: 'Noor Haddad',
  theo: 'Theo Lindqvist',
  priya: 'Priya Raman',
  jonas: 'Jonas Weber',
  amara: 'Amara Osei',
  luca: 'Luca Ferri',
} as const

export type DemoPerson = keyof typeof demoPeople | 'me'
