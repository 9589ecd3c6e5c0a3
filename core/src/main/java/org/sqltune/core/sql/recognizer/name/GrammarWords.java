package org.sqltune.core.sql.recognizer.name;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;

/** The words and symbols of the grammar that the recogniser follows. */
public final class GrammarWords {
    public static final ImmutableSet<String> KEYWORDS =
            ImmutableSet.copyOf(("select distinct all from where group by having order asc"
                            + " desc limit offset union intersect except with as join inner left outer cross on and or not in like"
                            + " glob between is null case when then else end cast exists collate nocase binary rtrim escape over"
                            + " partition true false current_date current_time current_timestamp nulls first last"
                            + " filter rows range groups unbounded preceding following current row")
                    .split(" "));

    /** Types of CAST. */
    public static final ImmutableSet<String> TYPES = ImmutableSet.copyOf(
            "int integer real float double text numeric decimal varchar char bigint date datetime".split(" "));

    public static final ImmutableList<String> COLLATIONS = ImmutableList.of("nocase", "binary", "rtrim");

    public static final ImmutableSet<String> ARITHMETIC = ImmutableSet.of("+", "-", "*", "/", "%", "||");

    public static final ImmutableSet<String> COMPARISONS = ImmutableSet.of("=", "==", "<>", "!=", "<", "<=", ">", ">=");

    public static final ImmutableList<String> CONSTANTS =
            ImmutableList.of("null", "true", "false", "current_date", "current_time", "current_timestamp");

    private GrammarWords() {}
}
