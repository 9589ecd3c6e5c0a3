/** Files with mistakes in them, for the properties of the readers. */
package org.sqltune.model.fuzz;
