package org.sqltune.data.postgres;

import org.sqltune.core.example.Example;
import org.sqltune.data.postgres.proof.Verdict;

/**
 * What became of one example.
 *
 * @param original with SQLite's SQL
 * @param verdict PostgreSQL's SQL, and whether it is proved
 */
public record ConvertedExample(Example original, Verdict verdict) {}
