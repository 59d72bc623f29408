/** Writes docs/configuration.md from the list of variables; a test compares the two. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { renderConfigurationDocs } from '../server/src/platform/config/docs.ts'

writeFileSync(join(import.meta.dirname, '../docs/configuration.md'), renderConfigurationDocs())
