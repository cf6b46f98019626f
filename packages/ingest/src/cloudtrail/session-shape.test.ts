import { describe, expect, it } from 'vitest';
import { sessionShapeOf } from './session-shape.ts';

describe('sessionShapeOf', () => {
  it.each([
    { name: 'i-0123456789abcdef0', shape: 'a-#', like: 'i-0fedcba9876543210', why: 'instances' },
    { name: 'release-1731', shape: 'a-#', like: 'release-99', why: 'numbered runs' },
    { name: 'amara@example.com', shape: 'a@a.a', like: 'bjorn@example.com', why: 'people' },
    { name: 'GitHubActions', shape: 'a', like: 'botocore', why: 'one word' },
    { name: 'orders-api', shape: 'a-a', like: 'image-resize', why: 'functions' },
  ])('$why: $name is $shape', ({ name, shape, like }) => {
    expect(sessionShapeOf(name)).toBe(shape);
    expect(sessionShapeOf(like)).toBe(sessionShapeOf(name));
  });

  it('is bounded', () => {
    expect(sessionShapeOf('a-'.repeat(500)).length).toBeLessThanOrEqual(48);
  });
});
