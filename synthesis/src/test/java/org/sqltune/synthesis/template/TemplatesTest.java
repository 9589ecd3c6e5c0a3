package org.sqltune.synthesis.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;

class TemplatesTest {
    @Test
    void idsAreUniqueAndBeginWithTheCategory() {
        assertThat(Templates.all()).extracting(QueryTemplate::id).doesNotHaveDuplicates();
        assertThat(Templates.all())
                .allSatisfy(template -> assertThat(template.id())
                        .startsWith(template.category().name().toLowerCase(Locale.ROOT) + "."));
    }
}
