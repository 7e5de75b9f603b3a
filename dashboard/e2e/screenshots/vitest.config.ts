import { mergeConfig } from 'vitest/config';
import tests from '../vitest.config';

/** Not tests: takes the pictures of the documentation from the real centre. */
export default mergeConfig(tests, { test: { include: ['screenshots/*.shots.ts'] } });
