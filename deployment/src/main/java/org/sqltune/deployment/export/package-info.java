/** Models of Hugging Face's layout in the form that other runtimes read. */
@NullMarked
package org.sqltune.deployment.export;

import org.jspecify.annotations.NullMarked;
