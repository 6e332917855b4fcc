import ArgumentParser
import Foundation
import Logging
import MiyabiDatabase
import MiyabiHome
import MiyabiMonitoring

/// `miyabi alarms`.
struct AlarmsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "alarms",
        abstract: "Show alarms and their history, silence them, and try who is told.",
        discussion: """
            `miyabi up` judges what it measures by these rules; docs/operations.md says what each means and what to do. Who is \
            told: the log, the command in MIYABI_ALARM_COMMAND, and the web hook in MIYABI_ALARM_WEBHOOK.
            """,
        subcommands: [
            AlarmsListCommand.self, AlarmsHistoryCommand.self, AlarmsTestCommand.self, AlarmsSilenceCommand.self,
        ],
        defaultSubcommand: AlarmsListCommand.self)
}

/// `miyabi alarms list`.
struct AlarmsListCommand: AsyncParsableCommand {
    enum Format: String, ExpressibleByArgument, CaseIterable { case prometheus, grafana }

    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Show every alarm: OK, ALARM or INSUFFICIENT_DATA.",
        discussion: """
            Exit code 0 if there is no alarm, 3 if there is one. With --format it prints the same rules for Prometheus, or a \
            dashboard for Grafana.
            """)

    @OptionGroup var global: GlobalOptions

    @Option(help: "Print alerting rules for Prometheus, or a dashboard for Grafana.")
    var format: Format?

    private struct Line: Encodable {
        var alarm: String
        var state: String
        var severity: String
        var since: Date?
        var value: Double?
        var threshold: String
        var silencedUntil: Date?
        var meaning: String
        var runbook: String
    }

    func run() async throws {
        switch format {
        case .prometheus: return try Console.result(PrometheusRules.text, terminator: "")
        case .grafana: return try Console.result(try GrafanaDashboard.json())
        case nil: break
        }
        let files = AlarmFiles(try global.settings.home)
        let states = files.states()
        let silences = files.silences(at: Timestamp.now().milliseconds)
        var table = Table("ALARM", "STATE", "SINCE", "VALUE", "THRESHOLD", "SEVERITY", "MEANING")
        for rule in AlarmRules.all {
            let machine = states[rule.name] ?? AlarmMachine()
            let threshold = "\(rule.comparison.rawValue) \(rule.threshold.text)"
            let since = machine.since.map { Timestamp(milliseconds: $0).date }
            if global.json {
                try Console.json(
                    Line(
                        alarm: rule.name, state: machine.state.rawValue, severity: rule.severity.rawValue, since: since,
                        value: machine.value.flatMap { $0.isFinite ? $0 : nil }, threshold: threshold,
                        silencedUntil: silences[rule.name].map { Timestamp(milliseconds: $0).date },
                        meaning: rule.meaning, runbook: rule.runbook))
            } else {
                let silence = silences[rule.name] == nil ? "" : " (silent)"
                table.add(
                    rule.name, machine.state.rawValue + silence, since?.formatted(.iso8601) ?? "",
                    Figure.text(machine.value), threshold, rule.severity.rawValue, rule.meaning)
            }
        }
        if !global.json { try Console.result(table.text()) }
        if AlarmRules.all.contains(where: { states[$0.name]?.state == .alarm }) { throw ExitCode(3) }
    }
}

/// `miyabi alarms history`.
struct AlarmsHistoryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history", abstract: "Show when alarms began and ended, newest last.")

    @OptionGroup var global: GlobalOptions

    @Option(help: ArgumentHelp("From when on: \(Moment.forms).", valueName: "time"), transform: Moment.past)
    var since: Timestamp?

    private struct Line: Encodable {
        var time: Date
        var alarm: String
        var state: String
        var before: String
        var severity: String
        var value: Double?
        var threshold: String
        var series: String?
        var isSilenced: Bool
    }

    func run() async throws {
        let events = AlarmFiles(try global.settings.home).history().filter { $0.time >= since?.milliseconds ?? 0 }
        var table = Table("TIME", "ALARM", "BECAME", "VALUE", "THRESHOLD", "OF")
        for event in events {
            let date = Timestamp(milliseconds: event.time).date
            if global.json {
                try Console.json(
                    Line(
                        time: date, alarm: event.alarm, state: event.state.rawValue, before: event.before.rawValue,
                        severity: event.severity.rawValue, value: event.value, threshold: event.threshold,
                        series: event.series, isSilenced: event.isSilenced))
            } else {
                table.add(
                    date.formatted(.iso8601), event.alarm, event.state.rawValue, Figure.text(event.value),
                    event.threshold,
                    event.series ?? "")
            }
        }
        if !global.json, !table.isEmpty { try Console.result(table.text()) }
    }
}

/// `miyabi alarms test`.
struct AlarmsTestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test", abstract: "Tell everybody who is told of alarms, marked as a test.",
        discussion: "Exit code 1 if somebody could not be told.")

    @OptionGroup var global: GlobalOptions

    @Argument(help: "The alarm.", transform: AlarmName.rule)
    var alarm: AlarmRule

    func run() async throws {
        let notifier = AlarmNotifier(try global.settings.monitor, logger: global.logger(level: .info))
        var event = AlarmEvent(alarm, .alarm, before: .ok, at: Timestamp.now().milliseconds, value: nil)
        event.isTest = true
        let results = await notifier.tellNow(event)
        await notifier.stop()
        for result in results { try Console.result("\(result.sink): \(result.problem ?? "told")") }
        if results.contains(where: { $0.problem != nil }) { throw ExitCode.failure }
    }
}

/// `miyabi alarms silence`.
struct AlarmsSilenceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "silence", abstract: "Tell nobody of an alarm for a while; the history still has it.",
        discussion: "--for 0 ends a silence.")

    @OptionGroup var global: GlobalOptions

    @Argument(help: "The alarm.", transform: AlarmName.rule)
    var alarm: AlarmRule

    @Option(
        name: .customLong("for"), help: ArgumentHelp("How long, such as 2h.", valueName: "duration"),
        transform: Span.within(.zero ... .seconds(365 * 86_400)))
    var span: Duration

    func run() async throws {
        let home = try global.settings.home
        try home.requireOwner()
        let now = Timestamp.now()
        try AlarmFiles(home).silence(alarm.name, until: (now + span).milliseconds, now: now.milliseconds)
        Console.error(
            span == .zero
                ? "miyabi: \(alarm.name) is told again"
                : "miyabi: \(alarm.name) is silent until \((now + span).date.formatted(.iso8601))")
    }
}

/// How every command reads the name of an alarm.
enum AlarmName {
    static func rule(_ name: String) throws -> AlarmRule {
        guard let rule = AlarmRules.rule(named: name) else {
            throw ValidationError("there is no alarm \(name). `miyabi alarms` lists all.")
        }
        return rule
    }
}
