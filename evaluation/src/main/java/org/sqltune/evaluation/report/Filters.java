package org.sqltune.evaluation.report;

import com.google.common.collect.ImmutableMap;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sqltune.evaluation.html.Html;

/**
 * Drop-down lists that filter the answers on a page. They work by CSS rules alone, since pages have no scripts: each
 * choice has a class, and an answer without the chosen class is hidden.
 */
public final class Filters {
    private final Map<String, Map<String, String>> classes = new LinkedHashMap<>();
    private final Map<String, String> preselected = new LinkedHashMap<>();

    /** Adds a list. {@link #classOf} accepts its choices. */
    public void add(String name, Collection<String> choices) {
        Map<String, String> numbered = new LinkedHashMap<>();
        choices.forEach(choice -> numbered.put(choice, "f" + classes.size() + "-" + numbered.size()));
        classes.put(name, numbered);
    }

    /** Sets the choice that a list begins with; otherwise it begins with all. */
    public void preselect(String name, String choice) {
        preselected.put(name, choice);
    }

    /** Returns the CSS class of answers that a choice shows; empty if there is no such choice. */
    public String classOf(String name, String choice) {
        return classes.getOrDefault(name, Map.of()).getOrDefault(choice, "");
    }

    /** Returns the lists as HTML, without those that have a single choice. */
    public Html draw() {
        List<Html> lists = new ArrayList<>();
        classes.forEach((name, choices) -> {
            if (choices.size() > 1) {
                lists.add(Html.element("label", Html.text(name), list(name, choices)));
            }
        });
        return lists.isEmpty() ? Html.NOTHING : Html.styled("form", "filters", Html.all(lists));
    }

    private Html list(String name, Map<String, String> choices) {
        List<Html> options = new ArrayList<>();
        options.add(Html.element("option", Map.of("value", ""), Html.text("all")));
        choices.forEach((choice, style) -> {
            ImmutableMap.Builder<String, String> attributes = ImmutableMap.builder();
            attributes.put("value", style);
            if (choice.equals(preselected.get(name))) {
                attributes.put("selected", "selected");
            }
            options.add(Html.element("option", attributes.buildOrThrow(), Html.text(choice)));
        });
        return Html.element("select", Html.all(options));
    }

    /** Returns the CSS rules that make the lists work. */
    public String rules() {
        StringBuilder rules = new StringBuilder();
        classes.values().stream()
                .filter(choices -> choices.size() > 1)
                .flatMap(choices -> choices.values().stream())
                .forEach(style -> rules.append("body:has(option[value=\"")
                        .append(style)
                        .append("\"]:checked) .answer:not(.")
                        .append(style)
                        .append(") { display: none; }\n"));
        return rules.toString();
    }
}
