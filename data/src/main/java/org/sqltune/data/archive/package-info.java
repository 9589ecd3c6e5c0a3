/**
 * Unpacks the archives of data sets. Their content is untrusted: names may lead out of the folder, links may point
 * anywhere, and a few bytes may unpack to more than a disk holds.
 */
@NullMarked
package org.sqltune.data.archive;

import org.jspecify.annotations.NullMarked;
