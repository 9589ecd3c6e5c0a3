package org.sqltune.synthesis.pretraining;

import org.sqltune.core.example.Example;

/**
 * A question that a person asked, with its SQL over a structured schema.
 *
 * @param source the data set that it is from
 * @param example the pair
 */
public record NaturalPair(String source, Example example) {}
