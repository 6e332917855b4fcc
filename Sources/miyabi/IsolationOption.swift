import ArgumentParser
import DynamoDBEngine

/// `--isolate`: what of a caller has tables of its own in the DynamoDB engine.
struct IsolationOption: ExpressibleByArgument {
    let kinds: Set<Isolation>

    /// A list such as `region,key`.
    init?(argument: String) {
        let kinds = argument.split(separator: ",", omittingEmptySubsequences: false).map {
            Isolation(rawValue: String($0))
        }
        guard !kinds.contains(nil) else { return nil }
        self.kinds = Set(kinds.compactMap(\.self))
    }

    /// The argument.
    var text: String { kinds.map(\.rawValue).sorted().joined(separator: ",") }

    static let help = ArgumentHelp(
        "Give each region, each access key, or each pair of both its own tables.",
        discussion: "One of: region; key; region,key. By default all callers share one set of tables.",
        valueName: "region,key")
}
