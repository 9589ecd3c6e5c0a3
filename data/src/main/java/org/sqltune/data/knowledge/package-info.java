/** What the user knows about a database, chosen for each question: terms, solved questions, documentation. */
@NullMarked
package org.sqltune.data.knowledge;

import org.jspecify.annotations.NullMarked;
