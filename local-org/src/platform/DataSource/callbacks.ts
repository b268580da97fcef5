import { unsupported } from '../../values/exception.ts';
import { overridden } from '../../values/invoke.ts';
import { platformClass } from '../define.ts';

/** What is told of asynchronous writes of external objects: classes of the project extend these and say what happens. */
export const AsyncSaveCallbackClass = platformClass(
  'DataSource.AsyncSaveCallback',
  {
    'void processSave(Database.SaveResult)': (callback: object, result: unknown) =>
      void overridden(callback, 'processSave', [result], () => unsupported('DataSource.AsyncSaveCallback.processSave')),
  },
  { notBuilt: ['new ()'] },
);

export const AsyncDeleteCallbackClass = platformClass(
  'DataSource.AsyncDeleteCallback',
  {
    'void processDelete(Database.DeleteResult)': (callback: object, result: unknown) =>
      void overridden(callback, 'processDelete', [result], () =>
        unsupported('DataSource.AsyncDeleteCallback.processDelete'),
      ),
  },
  { notBuilt: ['new ()'] },
);
