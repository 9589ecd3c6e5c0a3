/**
 * What every module shares: errors a user can act on. The packages below hold configuration, schemas, examples, SQL execution, files and progress. Nothing here knows DJL.
 */
@NullMarked
package org.sqltune.core;

import org.jspecify.annotations.NullMarked;
