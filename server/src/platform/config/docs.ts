import { variables } from './variables.ts'

/** The operator's list of environment variables, as Markdown. */
export function renderConfigurationDocs(): string {
  const entries = Object.values(variables).map((variable) => {
    const fallback = variable.fallback === '' ? '' : ` Default: \`${variable.fallback}\`.`
    return `## ${variable.name}\n\n${variable.doc}${fallback}\n`
  })
  return `# Configuration

Settings come from the environment, then from \`hamlet.env\` in the data folder. All faults are reported at once at start.
What an admin changes while the server runs (name, description, registrations) is not here: see \`hamlet settings --help\`.

This page is made from \`server/src/platform/config/variables.ts\` by \`npm run docs:configuration\`.

${entries.join('\n')}`
}
