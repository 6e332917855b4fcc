internal import Configuration
import MiyabiSystem

/// Reads typed values out of variables; whatever is not allowed is an error that names the variable, the value (unless it is
/// a secret), what is allowed, and where it comes from.
struct VariableReader {
    /// The process's environment, which wins.
    let environment: [String: String]
    /// The variables of the `.env` file.
    let file: [String: String]
    /// The `.env` file's path, for messages.
    let filePath: String
    private let config: ConfigReader

    init(environment: [String: String], file: [String: String], filePath: String) {
        (self.environment, self.file, self.filePath) = (environment, file, filePath)
        config = ConfigReader(
            providers: [environment, file].map { variables in
                // An empty value counts as not set, as `NAME=` in a `.env` file means.
                EnvironmentVariablesProvider(environmentVariables: variables.filter { !$0.value.isEmpty })
            })
    }

    /// The value, or nil where it is not set.
    func string(_ variable: Variable) -> String? {
        let key = ConfigKey(variable.name.lowercased().split(separator: "_").map(String.init))
        return config.string(forKey: key, isSecret: variable.isSecret)
    }

    /// Where a variable that is set comes from.
    func origin(_ variable: Variable) -> String {
        environment[variable.name]?.isEmpty == false ? "the environment" : filePath
    }

    func integer(_ variable: Variable, in range: ClosedRange<Int>, default value: Int? = nil) throws(OperationsError)
        -> Int?
    {
        guard let text = string(variable) else { return value }
        guard let number = Int(text), range.contains(number) else {
            throw invalid(variable, allowed: "a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    func seconds(_ variable: Variable, in range: ClosedRange<Int>, default value: Int) throws(OperationsError)
        -> Duration
    {
        .seconds(try integer(variable, in: range, default: value) ?? value)
    }

    func boolean(_ variable: Variable, default value: Bool) throws(OperationsError) -> Bool {
        switch string(variable)?.lowercased() {
        case nil: return value
        case "true", "1", "yes", "on": return true
        case "false", "0", "no", "off": return false
        default: throw invalid(variable, allowed: "true or false")
        }
    }

    func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _ variable: Variable, _ type: Choice.Type
    ) throws(OperationsError) -> Choice? {
        guard let text = string(variable) else { return nil }
        guard let choice = Choice(rawValue: text.lowercased()) else {
            throw invalid(variable, allowed: "one of " + Choice.allCases.map(\.rawValue).joined(separator: ", "))
        }
        return choice
    }

    func invalid(_ variable: Variable, allowed: String) -> OperationsError {
        let value = variable.isSecret ? "(not shown)" : "'\(string(variable) ?? "")'"
        return OperationsError(
            .invalidSetting, "\(variable.name) is \(value) in \(origin(variable)); it must be \(allowed)")
    }
}
