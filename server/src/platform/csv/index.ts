/** Tables of comma-separated values, in and out. The only place that knows csv-parse. */
export { parseCsv, type CsvRow, type CsvRules, type CsvTable } from './parse-csv.ts'
export { writeCsv } from './write-csv.ts'
