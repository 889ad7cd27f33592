import type { Figure } from './report.ts'

export const measureSeen = async (): Promise<Figure[]> => []
