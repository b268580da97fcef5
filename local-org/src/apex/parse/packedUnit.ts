import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type { Block, CompilationUnit, ConstructorDecl, Member, MethodDecl, TypeDecl } from '../ast.ts';

const SPACE = 32;
const TAB = 9;

/**
 * A unit as bytes without a line break: the length of what follows, the JSON of the declarations, a tab, and the JSON of the
 * bodies of methods and constructors, compressed (two thirds of the bytes of a project would be bodies) and in base64. Where a
 * class has its code already, nobody asks for its bodies, and they are not decoded.
 */
export function packed(unit: CompilationUnit): Buffer {
  const bodies: Block[] = [];
  const declarations = JSON.stringify(unit, function (this: unknown, key, value: unknown) {
    if (key !== 'body' || value === null || !isCallable(this as { kind?: string })) return value;
    return bodies.push(value as Block) - 1;
  });
  const text = Buffer.from(`${declarations}\t${zstdCompressSync(JSON.stringify(bodies)).toString('base64')}`);
  return Buffer.concat([Buffer.from(`${text.length} `), text]);
}

/** The unit; bodies are decoded when the first of them is asked for. Null where the bytes are not whole. */
export function unpacked(bytes: Buffer): CompilationUnit | null {
  const space = bytes.indexOf(SPACE);
  const text = bytes.subarray(space + 1);
  const tab = text.indexOf(TAB);
  if (space < 1 || tab < 0 || Number(bytes.toString('latin1', 0, space)) !== text.length) return null;
  const unit = JSON.parse(text.toString('utf8', 0, tab)) as CompilationUnit;
  let decoded: Block[] | null = null;
  const bodies = (): Block[] => (decoded ??= decodedBodies(text.toString('latin1', tab + 1)));
  for (const member of callablesOf(unit)) {
    const index: unknown = member.body;
    if (typeof index !== 'number') continue;
    Object.defineProperty(member, 'body', { get: () => bodies()[index], enumerable: true, configurable: true });
  }
  return unit;
}

function decodedBodies(base64: string): Block[] {
  return JSON.parse(zstdDecompressSync(Buffer.from(base64, 'base64')).toString()) as Block[];
}

function isCallable({ kind }: { readonly kind?: string }): boolean {
  return kind === 'method' || kind === 'constructor';
}

function callablesOf({ type, trigger, anonymous }: CompilationUnit): (MethodDecl | ConstructorDecl)[] {
  return [type, ...(trigger?.members ?? []), ...(anonymous?.members ?? [])].flatMap(callablesIn);
}

function callablesIn(member: Member | TypeDecl | null): (MethodDecl | ConstructorDecl)[] {
  switch (member?.kind) {
    case 'method':
    case 'constructor':
      return [member];
    case 'class':
      return member.members.flatMap(callablesIn);
    case 'interface':
      return member.methods;
    default:
      return [];
  }
}
