/**
 * Files that are either whole or absent, and JSON.
 */
@NullMarked
package org.sqltune.core.io;

import org.jspecify.annotations.NullMarked;
