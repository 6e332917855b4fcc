/// Where rows come from: what their errors tell, and what reading them takes that the server's answer does not say.
final class ResultSource: Sendable {
    /// The statement's text.
    let query: String
    /// Where the program made the query.
    let site: CallSite
    let domains: DomainArrays

    init(query: String, site: CallSite, domains: DomainArrays) {
        self.query = query
        self.site = site
        self.domains = domains
    }

    /// A row or one of its values cannot be read.
    func failure(_ reason: String, column: String? = nil) -> PostgresError {
        var error = PostgresError(.decodingFailed, reason, query: query)
        error.site = site
        error.decodingColumn = column
        return error
    }
}
