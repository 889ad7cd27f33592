/** What a company most likely wants, from where this device is. */
export interface PlaceGuess { timeZone: string, weekStart: number, yearStart: number, currency: string }

const euro = 'AT BE BG CY DE EE ES FI FR GR HR IE IT LT LU LV MT NL PT SI SK AD MC SM VA ME XK'.split(' ')
const currencies: Record<string, string> = {
  ...Object.fromEntries(euro.map(region => [region, 'EUR'])),
  US: 'USD',
  GB: 'GBP',
  CH: 'CHF',
  LI: 'CHF',
  SE: 'SEK',
  NO: 'NOK',
  DK: 'DKK',
  IS: 'ISK',
  PL: 'PLN',
  CZ: 'CZK',
  HU: 'HUF',
  RO: 'RON',
  TR: 'TRY',
  UA: 'UAH',
  CA: 'CAD',
  AU: 'AUD',
  NZ: 'NZD',
  JP: 'JPY',
  CN: 'CNY',
  HK: 'HKD',
  TW: 'TWD',
  KR: 'KRW',
  SG: 'SGD',
  IN: 'INR',
  ID: 'IDR',
  MY: 'MYR',
  PH: 'PHP',
  TH: 'THB',
  VN: 'VND',
  AE: 'AED',
  SA: 'SAR',
  QA: 'QAR',
  KW: 'KWD',
  EG: 'EGP',
  IL: 'ILS',
  ZA: 'ZAR',
  NG: 'NGN',
  KE: 'KES',
  GH: 'GHS',
  MA: 'MAD',
  BR: 'BRL',
  MX: 'MXN',
  AR: 'ARS',
  CL: 'CLP',
  CO: 'COP',
  PE: 'PEN',
  RS: 'RSD',
  PK: 'PKR',
  BD: 'BDT',
}

/** Guessed from the person's locale and the device's time zone; every part of it may be changed. */
export function guessPlace(language: string, timeZone: string): PlaceGuess {
  const place = new Intl.Locale(language).maximize()
  return { timeZone, weekStart: firstDayOf(place), yearStart: 1, currency: currencies[place.region ?? ''] ?? 'USD' }
}

/** Every time zone this browser knows, and `known` itself, which may be an older name of one. */
export function timeZones(known: string): string[] {
  return [...new Set([known, 'UTC', ...Intl.supportedValuesOf('timeZone')])].sort((a, b) => a < b ? -1 : 1)
}

export function currencyCodes(known: string): string[] {
  return [...new Set([known, ...Intl.supportedValuesOf('currency')])].sort((a, b) => a < b ? -1 : 1)
}

/** 0 Sunday … 6 Saturday; Monday where the browser does not say. */
function firstDayOf(place: Intl.Locale): number {
  const { getWeekInfo, weekInfo } = place as Intl.Locale & { getWeekInfo?: () => { firstDay: number }, weekInfo?: { firstDay: number } }
  return (getWeekInfo?.call(place) ?? weekInfo ?? { firstDay: 1 }).firstDay % 7
}
