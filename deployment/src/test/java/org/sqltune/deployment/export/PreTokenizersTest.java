package org.sqltune.deployment.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class PreTokenizersTest {
    private static final String BYTES = "{'type':'ByteLevel','add_prefix_space':false,'use_regex':false}";

    @Test
    void theUsualOnesHaveTheirNames() throws IOException {
        assertThat(name("{'type':'ByteLevel','add_prefix_space':false,'use_regex':true}"))
                .isEqualTo("gpt-2");
        assertThat(name("{'type':'Sequence','pretokenizers':[{'type':'Digits','individual_digits':true},"
                        + "{'type':'ByteLevel','add_prefix_space':false}]}"))
                .isEqualTo("smollm");
        assertThat(
                        name(
                                split(
                                        "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+")))
                .isEqualTo("qwen2");
        assertThat(
                        name(
                                split(
                                        "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+")))
                .isEqualTo("llama-bpe");
    }

    @Test
    void anyOtherHasNone() throws IOException {
        assertThat(name(split("\\w+|\\s+"))).isEqualTo("none");
        assertThat(name("{'type':'ByteLevel','add_prefix_space':true,'use_regex':true}"))
                .isEqualTo("none");
        assertThat(name("{'type':'Digits','individual_digits':false}")).isEqualTo("none");
        assertThat(name("{'type':'Whitespace'}")).isEqualTo("none");
    }

    private static String split(String regex) throws IOException {
        String text = JsonMapper.builder().build().writeValueAsString(regex);
        return "{'type':'Sequence','pretokenizers':[{'type':'Split','pattern':{'Regex':" + text.replace("'", "\\u0027")
                + "},'behavior':'Isolated','invert':false}," + BYTES + "]}";
    }

    private static String name(String json) throws IOException {
        return PreTokenizers.nameOf(JsonMapper.builder().build().readTree(json.replace('\'', '"')))
                .orElse("none");
    }
}
