package org.sqltune.postgres;

import org.sqltune.core.example.Example;
import org.sqltune.postgres.proof.Verdict;

/**
 * What became of one example.
 *
 * @param original with SQLite's SQL
 * @param verdict PostgreSQL's SQL, and whether it is proved
 */
public record ConvertedExample(Example original, Verdict verdict) {}
