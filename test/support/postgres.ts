/** The benches measure on the same server: see there. */
export * from '../../src/cli/bench/postgres.ts';
