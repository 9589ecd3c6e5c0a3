package org.sqltune.data.synthesis.grammar;

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

    private Templates() {}

    /** The templates, easier kinds first; ids are unique. */
    public static List<QueryTemplate> all() {
        return ALL;
    }
}
