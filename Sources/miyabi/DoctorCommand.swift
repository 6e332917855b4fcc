public import ArgumentParser
import Logging
public import MiyabiDoctor
import MiyabiOperations

/// `miyabi doctor`: what is wrong, and the statement that mends it.
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Tell what is wrong with the running database, and what mends it.",
        discussion: """
            It looks at both halves, embedded or external, reads only, and takes seconds whatever their size. It mends nothing \
            itself: with each finding comes the SQL or the command. docs/doctor.md explains each rule.
            """,
        subcommands: [DoctorCheckCommand.self, DoctorRulesCommand.self],
        defaultSubcommand: DoctorCheckCommand.self)
}

extension Level: ExpressibleByArgument {}
extension MiyabiDoctor.Half: ExpressibleByArgument {}

/// `miyabi doctor check`.
struct DoctorCheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Look at the database.",
        discussion: """
            Exit code 0 if there is no finding of the level or above it, 3 if there are some, and 1 if a half cannot be \
            looked at. What a role may not see is listed under "not looked at", and changes no exit code. With --json each \
            finding is an object of the kind "finding", and each thing that was not looked at one of the kind "unseen".
            """)

    @OptionGroup var global: GlobalOptions

    @Option(help: "Tell findings of this level and above: advice, warning or error.")
    var level = Level.warning

    @Option(help: ArgumentHelp("Look by this rule only; may be repeated, or a list with commas.", valueName: "rule"))
    var only: [String] = []

    @Option(help: ArgumentHelp("Do not look by this rule; may be repeated, or a list with commas.", valueName: "rule"))
    var ignore: [String] = []

    @Option(help: "Look at this half only: postgres or dynamodb.")
    var half: MiyabiDoctor.Half?

    func validate() throws {
        let names = Set(Doctor.rules.map(\.name))
        for name in Self.names(only + ignore) where !names.contains(name) {
            throw ValidationError("there is no rule \(name.debugDescription); to list them: miyabi doctor rules")
        }
    }

    private static func names(_ lists: [String]) -> [String] {
        lists.flatMap { $0.split(separator: ",").map { String($0.filter { !$0.isWhitespace }) } }
    }

    private struct Line: Encodable {
        var kind: String
        var rule: String
        var half: MiyabiDoctor.Half
        var level: Level?
        var object: String?
        var message: String?
        var evidence: [String: Evidence]?
        var mend: String?
        var reason: String?
    }

    func run() async throws {
        let settings = try global.settings
        var doctor = Doctor(for: settings)
        if !only.isEmpty { doctor.rules = Set(Self.names(only)) }
        doctor.rules.subtract(Self.names(ignore))
        if let half { doctor.rules.formIntersection(Doctor.rules.filter { $0.half == half }.map(\.name)) }
        let chosen = doctor

        let started = ContinuousClock.now
        let logger = global.logger(level: .critical)
        var needed: Set<MiyabiEnvironment.Half> = []
        if chosen.looks(at: .postgres) { needed.insert(.postgres) }
        if chosen.looks(at: .dynamoDB) { needed.insert(.dynamoDB) }
        let (report, failures) = try await MiyabiEnvironment.withConnection(settings, needing: needed, logger: logger) {
            try await chosen.examine($0, logger: logger)
        }

        let told = report.findings.filter { $0.level >= level }
        if global.json { try writeJSON(told, report.unseen) } else { try writeText(told, report.unseen) }
        if !global.json { summarise(report, told.count, in: ContinuousClock.now - started) }
        if let first = failures.first {
            for other in failures.dropFirst() { Console.error("miyabi: \(other)") }
            throw first
        }
        if !told.isEmpty { throw ExitCode(3) }
    }

    private func writeJSON(_ findings: [Finding], _ unseen: [Unseen]) throws {
        for finding in findings {
            try Console.json(
                Line(
                    kind: "finding", rule: finding.rule, half: finding.half, level: finding.level,
                    object: finding.object,
                    message: finding.message, evidence: finding.evidence, mend: finding.mend))
        }
        for one in unseen {
            try Console.json(Line(kind: "unseen", rule: one.rule, half: one.half, reason: one.reason))
        }
    }

    private func writeText(_ findings: [Finding], _ unseen: [Unseen]) throws {
        for finding in findings {
            try Console.result("\(finding.level.rawValue)  \(finding.rule)")
            try Console.result("    \(finding.message)".oneLine)
            try Console.result("    \(finding.mend)".oneLine)
        }
        guard !unseen.isEmpty else { return }
        try Console.result("not looked at")
        for one in unseen { try Console.result("    \(one.rule): \(one.reason)".oneLine) }
    }

    private func summarise(_ report: Doctor.Report, _ told: Int, in time: Duration) {
        let counts = Level.allCases.reversed().map { level in
            (level, report.findings.filter { $0.level == level }.count)
        }
        let parts = counts.filter { $0.1 > 0 }.map { level, count in
            level == .advice ? "\(count) of advice" : "\(count) \(level.rawValue)\(count == 1 ? "" : "s")"
        }
        let found = parts.isEmpty ? "nothing is wrong" : parts.joined(separator: ", ")
        let seconds = Double(time.components.seconds) + Double(time.components.attoseconds) / 1e18
        let rest = report.findings.count - told
        Console.error(
            "miyabi: \(found); \(report.looked) rules looked in \((seconds * 10).rounded() / 10) s"
                + (rest > 0 ? "; to see all: miyabi doctor --level advice" : ""))
    }
}

extension String {
    /// The text on one line: a statement may have many.
    fileprivate var oneLine: String { replacing("\r", with: " ").replacing("\n", with: " ") }
}

/// `miyabi doctor rules`.
struct DoctorRulesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rules", abstract: "List the rules, with the worst level of their findings. Nothing needs to run.")

    @OptionGroup var global: GlobalOptions

    func run() async throws {
        var table = Table("RULE", "HALF", "LEVEL", "MEANING")
        for rule in Doctor.rules {
            if global.json {
                try Console.json(rule)
            } else {
                table.add(rule.name, rule.half.rawValue, rule.level.rawValue, rule.meaning)
            }
        }
        if !global.json { try Console.result(table.text()) }
    }
}
