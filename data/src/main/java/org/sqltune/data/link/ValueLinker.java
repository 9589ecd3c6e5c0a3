package org.sqltune.data.link;

import java.util.List;
import org.sqltune.core.example.ValueLink;

/** Finds the values of one database that a question mentions. Thread-safe. */
@FunctionalInterface
public interface ValueLinker {
    /** Finds no values. */
    ValueLinker NONE = question -> List.of();

    /**
     * Returns the values that a question mentions.
     *
     * @param question in natural language
     * @return distinct values in the order of the question
     */
    List<ValueLink> link(String question);
}
