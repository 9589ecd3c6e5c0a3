package org.sqltune.data.link;

import java.util.List;
import org.sqltune.core.example.ValueLink;

/** Finds the values of one database that a question speaks of. Thread-safe. */
@FunctionalInterface
public interface ValueLinker {
    /** Finds nothing. */
    ValueLinker NONE = question -> List.of();

    /**
     * Returns the values that a question speaks of.
     *
     * @param question in natural language
     * @return in the order of the question, each once; empty if there is none
     */
    List<ValueLink> link(String question);
}
