import { current } from '../../engine/current.ts';
import { required } from '../../values/exception.ts';
import { platformClass } from '../define.ts';

export const FeatureManagementClass = platformClass(
  'System.FeatureManagement',
  {
    'static Boolean checkPermission(String)': (name: string | null) =>
      current.tx.services.hasCustomPermission(required(name)),
  },
  {
    notBuilt: [
      'static void changeProtection(String, String, String)',
      'static Boolean checkPackageBooleanValue(String)',
      'static Date checkPackageDateValue(String)',
      'static Integer checkPackageIntegerValue(String)',
      'static void setPackageBooleanValue(String, Boolean)',
      'static void setPackageDateValue(String, Date)',
      'static void setPackageIntegerValue(String, Integer)',
    ],
  },
);
