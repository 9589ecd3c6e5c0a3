package org.sqltune.data.prompt.answer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GeneratedSqlTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT a FROM t",
                "  \n SELECT a FROM t ; ",
                "SELECT a FROM t;\nSELECT b FROM u;",
                "```sql\nSELECT a FROM t;\n```",
                "```\nSELECT a FROM t\n```\nExplanation: it's simple",
                "```SELECT a FROM t```",
                "```sql SELECT a FROM t",
                "Sure! Here is the query:\n```sql\nSELECT a FROM t\n```\nHope that helps.",
                "Here is a query: SELECT a FROM t",
                "Let me select: SELECT a FROM t",
                "SQL: SELECT a FROM t",
                "[/INST]\nSELECT a FROM t",
                "Question: select a with b [/INST] SELECT a FROM t",
                "Question: Which a? [/INST] SELECT a FROM t [INST] Question: Which b? [/INST] SELECT b FROM t",
                "Request: Which a?\n```sql\nSELECT a FROM t\n```",
                "-- Which a?\nSELECT a FROM t",
                "SELECT a FROM t\n\n-- Which b?\nSELECT b FROM t",
                "SELECT a FROM t\nCREATE TABLE u (b text);",
                "SELECT a FROM t\nExplanation: lists every a",
                "SELECT a FROM t\nQuestion: Which b?",
                "SELECT a FROM t\nTABLE: u ( b (text) )",
                "SELECT a FROM t\n\nThis query lists every a",
                "SELECT a FROM t\n\nIt lists every a.",
                "SELECT a FROM t</s>",
                "SELECT a FROM t<|im_end|>",
                "SELECT a FROM t\n```",
            })
    void whateverSurroundsTheFirstStatementIsLeftOut(String generated) {
        assertThat(GeneratedSql.firstStatement(generated)).isEqualTo("SELECT a FROM t");
    }

    @Test
    void aLiteralThatNeverClosesEndsAtTheFence() {
        assertThat(GeneratedSql.firstStatement("```sql\nSELECT a FROM t WHERE b = 'x\n```\nExplanation: it's x"))
                .isEqualTo("SELECT a FROM t WHERE b = 'x");
    }

    @Test
    void aCommentsApostropheOpensNoLiteral() {
        assertThat(GeneratedSql.firstStatement("SELECT a -- it's\nFROM t; -- it's all"))
                .isEqualTo("SELECT a -- it's\nFROM t");
    }

    @Test
    void aQueryOverSeveralLinesWithSetOperatorsStaysWhole() {
        String sql = "SELECT a FROM t\nINTERSECT\n-- and\nSELECT b FROM u\nEXCEPT\nSELECT c FROM v";

        assertThat(GeneratedSql.firstStatement(sql + "\nSELECT d FROM w")).isEqualTo(sql);
    }

    @Test
    void anAnswerWithoutSqlStaysAsItIs() {
        assertThat(GeneratedSql.firstStatement(" I don't know. ")).isEqualTo("I don't know.");
        assertThat(GeneratedSql.firstStatement("")).isEmpty();
        assertThat(GeneratedSql.firstStatement("```sql\n```")).isEmpty();
        assertThat(GeneratedSql.firstStatement("[INST]")).isEmpty();
    }

    @Test
    void longRepetitionsAreNoProblem() {
        assertThat(GeneratedSql.firstStatement("(".repeat(100_000))).hasSize(100_000);
        assertThat(GeneratedSql.firstStatement("-- a\n".repeat(50_000) + "SELECT 1"))
                .isEqualTo("SELECT 1");
        assertThat(GeneratedSql.firstStatement("[/INST]".repeat(20_000))).isEmpty();
        assertThat(GeneratedSql.firstStatement("SELECT " + "'".repeat(20_001))).startsWith("SELECT '''");
    }
}
