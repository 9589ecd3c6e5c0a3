/**
 * What every module shares. This package holds the exception for errors that a user can act on; the packages below hold
 * configuration, schemas, examples, SQL execution, files and progress. Nothing here depends on DJL.
 */
@NullMarked
package org.sqltune.core;

import org.jspecify.annotations.NullMarked;
