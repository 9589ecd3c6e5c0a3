package org.sqltune.evaluation.spider.execution;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PythonValuesTest {
    @ParameterizedTest
    @CsvSource({
        "0.1, 0.1",
        "1, 1.0",
        "-0.0, -0.0",
        "150.5, 150.5",
        "1e15, 1000000000000000.0",
        "1e16, 1e+16",
        "123456789012345678, 1.2345678901234568e+17",
        "0.0001, 0.0001",
        "0.00001, 1e-05",
        "2e-3, 0.002",
        "5e-324, 5e-324",
        "1.7976931348623157e308, 1.7976931348623157e+308",
        "0.30000000000000004, 0.30000000000000004",
        "2.0000000000000004, 2.0000000000000004",
        "-1.5e-7, -1.5e-07",
        "Infinity, inf"
    })
    void floatsArePrintedAsPythonDoes(double number, String printed) {
        assertThat(PythonValues.print(number)).isEqualTo(printed);
    }
}
