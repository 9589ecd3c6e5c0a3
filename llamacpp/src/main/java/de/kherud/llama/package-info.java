/** What java-llama.cpp keeps to its own package. */
@NullMarked
package de.kherud.llama;

import org.jspecify.annotations.NullMarked;
