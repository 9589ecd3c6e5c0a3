/** Named places in a prompt of the user's own. */
@NullMarked
package org.sqltune.data.prompt.places;

import org.jspecify.annotations.NullMarked;
