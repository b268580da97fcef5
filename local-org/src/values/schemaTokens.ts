import type { FieldDescriptor, ObjectDescriptor } from '../schema/descriptor.ts';

/** `Account.SObjectType`: one object for each description, so that tokens are equal where they are the same. */
export class ObjectToken {
  static readonly apexName = 'Schema.SObjectType';
  readonly object: ObjectDescriptor;

  private constructor(object: ObjectDescriptor) {
    this.object = object;
  }

  static #all = new WeakMap<ObjectDescriptor, ObjectToken>();

  static of(object: ObjectDescriptor): ObjectToken {
    let token = ObjectToken.#all.get(object);
    if (!token) {
      token = new ObjectToken(object);
      ObjectToken.#all.set(object, token);
    }
    return token;
  }

  toString(): string {
    return this.object.name;
  }
}

/** `Account.Name` as a Schema.SObjectField. */
export class FieldToken {
  static readonly apexName = 'Schema.SObjectField';
  readonly object: ObjectDescriptor;
  readonly field: FieldDescriptor;

  private constructor(object: ObjectDescriptor, field: FieldDescriptor) {
    this.object = object;
    this.field = field;
  }

  static #all = new WeakMap<FieldDescriptor, WeakMap<ObjectDescriptor, FieldToken>>();

  static of(object: ObjectDescriptor, field: FieldDescriptor): FieldToken {
    let byObject = FieldToken.#all.get(field);
    if (!byObject) {
      byObject = new WeakMap();
      FieldToken.#all.set(field, byObject);
    }
    let token = byObject.get(object);
    if (!token) {
      token = new FieldToken(object, field);
      byObject.set(object, token);
    }
    return token;
  }

  toString(): string {
    return this.field.name;
  }
}
