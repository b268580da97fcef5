import { current } from '../../engine/current.ts';
import { equal } from '../../values/equality.ts';
import { unsupported } from '../../values/exception.ts';
import { overridden } from '../../values/invoke.ts';
import { listOf } from '../../values/list.ts';
import type { ApexList } from '../../values/list.ts';
import { platformClass } from '../define.ts';
import { PropertyBag, properties } from '../properties.ts';

/** An entry of a picklist in the app builder. */
class DataRow {
  static readonly apexName = 'VisualEditor.DataRow';
  readonly label: string | null;
  readonly value: unknown;
  readonly selected: boolean;

  constructor(label: string | null, value: unknown, selected: boolean | null = false) {
    this.label = label;
    this.value = value;
    this.selected = selected ?? false;
  }

  /** By label; the reference does not say by what. */
  compareTo(other: DataRow): number {
    const [own, its] = [this.label ?? '', other.label ?? ''];
    return own === its ? 0 : own < its ? -1 : 1;
  }
}

/** The entries of a picklist in the app builder. */
class DynamicPickListRows {
  static readonly apexName = 'VisualEditor.DynamicPickListRows';
  readonly rows: ApexList;
  containsAllRows: boolean;

  constructor(rows: ApexList | null = null, containsAllRows: boolean | null = false) {
    const row = current.universe.platform('VisualEditor.DataRow');
    this.rows = listOf(row, [...(rows?.items ?? [])]);
    this.containsAllRows = containsAllRows ?? false;
  }
}

class DesignTimePageContext extends PropertyBag {
  static readonly apexName = 'VisualEditor.DesignTimePageContext';
}

export const DataRowClass = platformClass('VisualEditor.DataRow', {
  'new (String, Object)': (label: string | null, value: unknown) => new DataRow(label, value),
  'new (String, Object, Boolean)': (label: string | null, value: unknown, selected: boolean | null) =>
    new DataRow(label, value, selected),
  'Integer compareTo(VisualEditor.DataRow)': (row: DataRow, other: DataRow) => row.compareTo(other),
  'String getLabel()': ({ label }: DataRow) => label,
  'Object getValue()': ({ value }: DataRow) => value,
  'Boolean isSelected()': ({ selected }: DataRow) => selected,
});

export const DynamicPickListRowsClass = platformClass('VisualEditor.DynamicPickListRows', {
  'new ()': () => new DynamicPickListRows(),
  'new (List<VisualEditor.DataRow>)': (rows: ApexList | null) => new DynamicPickListRows(rows),
  'new (List<VisualEditor.DataRow>, Boolean)': (rows: ApexList | null, containsAll: boolean | null) =>
    new DynamicPickListRows(rows, containsAll),
  'void addAllRows(List<VisualEditor.DataRow>)': ({ rows }: DynamicPickListRows, more: ApexList) =>
    void rows.items.push(...more.items),
  'void addRow(VisualEditor.DataRow)': ({ rows }: DynamicPickListRows, row: DataRow | null) =>
    void rows.items.push(row),
  'Boolean containsAllRows()': ({ containsAllRows }: DynamicPickListRows) => containsAllRows,
  'VisualEditor.DataRow get(Integer)': ({ rows }: DynamicPickListRows, index: number | null) => rows.get(index),
  'List<VisualEditor.DataRow> getDataRows()': ({ rows }: DynamicPickListRows) => rows,
  'void setContainsAllRows(Boolean)': (all: DynamicPickListRows, contains: boolean | null) => {
    all.containsAllRows = contains ?? false;
  },
  'Integer size()': ({ rows }: DynamicPickListRows) => rows.size,
  'void sort()': ({ rows }: DynamicPickListRows) =>
    void rows.items.sort((one, other) => (one as DataRow).compareTo(other as DataRow)),
});

/** Classes of the project extend it and say which values a property of a component can have. */
export const DynamicPickListClass = platformClass(
  'VisualEditor.DynamicPickList',
  {
    'VisualEditor.DataRow getDefaultValue()': (list: object) =>
      overridden(list, 'getDefaultValue', [], () => unsupported('VisualEditor.DynamicPickList.getDefaultValue')),
    'VisualEditor.DynamicPickListRows getValues()': valuesOf,
    'String getLabel(Object)': (list: object, value: unknown) =>
      overridden(list, 'getLabel', [value], () => rowOf(list, value)?.label ?? null),
    'Boolean isValid(Object)': (list: object, value: unknown) =>
      overridden(list, 'isValid', [value], () => rowOf(list, value) !== undefined),
  },
  { notBuilt: ['new ()'] },
);

export const DesignTimePageContextClass = platformClass('VisualEditor.DesignTimePageContext', {
  'new ()': () => new DesignTimePageContext(),
  ...properties('String entityName', 'String pageType'),
});

function valuesOf(list: object): unknown {
  return overridden(list, 'getValues', [], () => unsupported('VisualEditor.DynamicPickList.getValues'));
}

function rowOf(list: object, value: unknown): DataRow | undefined {
  const { rows } = valuesOf(list) as DynamicPickListRows;
  return (rows.items as DataRow[]).find((row) => equal(row.value, value));
}
