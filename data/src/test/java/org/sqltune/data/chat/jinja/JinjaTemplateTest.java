package org.sqltune.data.chat.jinja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqltune.data.chat.jinja.value.JinjaException;

class JinjaTemplateTest {
    @Test
    void generationBlocksAreMarkedWhereTheyStand() {
        JinjaTemplate.Rendered rendered = JinjaTemplate.parse("a{% generation %}b{{ x }}{% endgeneration %}c")
                .render(Map.of("x", "yz"), Clock.systemUTC());

        assertThat(rendered.text()).isEqualTo("abyzc");
        assertThat(rendered.generated()).containsExactly(new JinjaTemplate.Span(1, 4));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', quoteCharacter = '`', textBlock = """
            {% if x %}              ¦ line 1: the end instead of
            {{ 1 + }}               ¦ line 1: '}}' instead of an expression
            {{ x | nosuch }}        ¦ line 1: 'nosuch' instead of the name of a filter
            {{ x is nosuch }}       ¦ line 1: 'nosuch' instead of the name of a test
            {{ 'open }}             ¦ line 1: unexpected character
            {# never closed         ¦ line 1: a comment has no end
            {% include 'x' %}       ¦ line 1: 'include' instead of a statement
            {{ (1 }}                ¦ line 1:
            """)
    void whatIsNoTemplateIsNamedWithItsLine(String template, String message) {
        assertThatThrownBy(() -> JinjaTemplate.parse(template))
                .isInstanceOf(JinjaException.class)
                .hasMessageStartingWith(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {{ nobody.name }}                      | 'nobody' is undefined
            {{ nobody + 'x' }}                     | 'nobody' is undefined
            {{ raise_exception('Not like this') }} | Not like this
            {{ 'a' + 1 }}                          | 'a' and 1 don't fit the operator +
            {{ x.append(1) }}                      | append would change a value
            {% set x.y = 1 %}                      | x is no namespace
            {{ 1 / 0 }}                            | 1 / 0 can't be computed
            {{ none.x.y }}                         | None has no 'x'
            """)
    void whatGoesWrongIsSaidInOneLine(String template, String message) {
        assertThatThrownBy(() -> render(template))
                .isInstanceOf(JinjaException.class)
                .hasMessageStartingWith(message)
                .hasMessageNotContaining("\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{% for a in range(99999) %}{% for b in range(99999) %}{% set c = a * b %}{% endfor %}{% endfor %}",
                "{% for a in range(99999) %}{{ 'x' * 1000 }}{% endfor %}",
                "{{ 'x' * 99999999 }}",
                "{% set ns = namespace(x='xxxxxxxx') %}{% for a in range(40) %}{% set ns.x = ns.x + ns.x %}{% endfor %}",
                "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
                "{{ range(10000000) }}",
                "{{ x.getClass().forName('java.lang.Runtime') }}",
                "{{ ''.__class__.__mro__ }}"
            })
    void hostileTemplatesEndWithAnError(String template) {
        assertThatThrownBy(() -> render(template)).isInstanceOf(JinjaException.class);
    }

    @Test
    void deepNestingIsAnErrorAndNoOverflow() {
        assertThatThrownBy(() -> render("{{ " + "(".repeat(100_000) + "1" + ")".repeat(100_000) + " }}"))
                .isInstanceOf(JinjaException.class)
                .hasMessageContaining("nested too deeply");
    }

    private static String render(String template) {
        return JinjaTemplate.parse(template)
                .render(Map.of("x", List.of(1L)), Clock.systemUTC())
                .text();
    }
}
