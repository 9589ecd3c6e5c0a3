package org.sqltune.workflow.train;

import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/** This process's environment variables. */
final class ProcessEnvironment {
    private ProcessEnvironment() {}

    /** With those of {@code .env}, which the command line made system properties; the environment's own win. */
    static Map<String, String> withDotEnv() {
        Properties properties = System.getProperties();
        Map<String, String> variables = new HashMap<>();
        properties.stringPropertyNames().forEach(name -> variables.put(name, properties.getProperty(name)));
        variables.putAll(System.getenv());
        return variables;
    }
}
