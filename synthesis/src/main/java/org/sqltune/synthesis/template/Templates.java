package org.sqltune.synthesis.template;

import java.util.List;
import java.util.stream.Stream;

/** Every template there is. */
public final class Templates {
    private static final List<QueryTemplate> ALL = Stream.of(
                    SimpleTemplates.all(),
                    FilterTemplates.all(),
                    AggregateTemplates.all(),
                    GroupTemplates.all(),
                    GroupMeasureTemplates.all(),
                    JoinTemplates.all(),
                    JoinCountTemplates.all(),
                    JoinMeasureTemplates.all(),
                    NestedTemplates.all())
            .flatMap(List::stream)
            .toList();

    private static final List<QueryTemplate> WITH_SETS =
            Stream.concat(ALL.stream(), SetTemplates.all().stream()).toList();

    private Templates() {}

    /** Returns those of {@link #all}, and more set operations: over rows, and over what refers to a row. */
    public static List<QueryTemplate> withSets() {
        return WITH_SETS;
    }

    /** Returns the templates that the demo and the bundled model were made with, easier kinds first; ids are unique. */
    public static List<QueryTemplate> all() {
        return ALL;
    }
}
