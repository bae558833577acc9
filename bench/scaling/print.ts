/** A measured constant, with three digits. */
export function print(what: string, value: number, unit: string) {
  console.log(`${what}: ${value.toPrecision(3)} ${unit}`);
}
