namespace Skytale.Mls.Tests.Validation;

/// <summary>Holds docs/mls/validation to the code: to the errors, and to the tests that show each rule.</summary>
public sealed class ValidationTableTests
{
    private static readonly string[] Errors = Enum.GetNames<MlsError>();

    private readonly IReadOnlyList<RuleRow> _rows = ValidationTable.Read();

    [Fact]
    public void Every_row_is_whole_and_names_what_exists()
    {
        ValidationTable.Faults(_rows, DeclaredTests.All.ContainsKey, Errors).ShouldBeEmpty();
    }

    [Fact]
    public void Every_page_is_named_by_the_first_and_has_rows()
    {
        var first = File.ReadAllText(Path.Combine(ValidationTable.Folder, "validation.md"));
        foreach (var page in Directory.GetFiles(Path.Combine(ValidationTable.Folder, "validation"), "*.md"))
        {
            var name = Path.GetFileName(page);
            first.ShouldContain($"(validation/{name})");
            if (name != "faults.md")
                _rows.ShouldContain(row => row.Page == name);
        }
    }

    [Fact]
    public void Every_error_has_a_test_that_makes_it_fire_alone()
    {
        // The attribute fails its test unless that very error was observed, with a control that is taken (FiresAttribute).
        var shown = DeclaredTests.With<FiresAttribute>().Select(test => test.Attribute.Error).ToHashSet();
        Enum.GetValues<MlsError>().Where(error => !shown.Contains(error)).ShouldBeEmpty();
    }

    [Fact]
    public void Every_error_alone_is_shown_by_a_test_that_a_row_with_the_error_names()
    {
        var named = _rows.SelectMany(row => row.Tests.Select(test => (row.Error, test))).ToHashSet();
        DeclaredTests.With<FiresAttribute>().Where(test => !named.Contains(($"{test.Attribute.Error}", test.Test))).Select(test => test.Test).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("| R-6.1-01 | a rule | public | WrongEpoch | Some.Test |", null)]
    [InlineData("| R-6.2-01 | a rule | public | WrongEpoch | Some.Test |", "R-6.2-01 is not a number under §6.1")]
    [InlineData("| R-6.1-1 | a rule | public | WrongEpoch | Some.Test |", "R-6.1-1 is not a number under §6.1")]
    [InlineData("| R-6.1-01 |  | public | WrongEpoch | Some.Test |", "R-6.1-01 says no rule")]
    [InlineData("| R-6.1-01 | a rule | somebody | WrongEpoch | Some.Test |", "R-6.1-01 is decided by 'somebody'")]
    [InlineData("| R-6.1-01 | a rule | public | NoSuchError | Some.Test |", "R-6.1-01: there is no error NoSuchError")]
    [InlineData("| R-6.1-01 | a rule | sender | WrongEpoch | Some.Test |", "R-6.1-01: what sender decides is refused by nobody, and has an error")]
    [InlineData("| R-6.1-01 | a rule | member | WrongEpoch | |", "R-6.1-01 has no test")]
    [InlineData("| R-6.1-01 | a rule | application | WrongEpoch | Some.Test |", "R-6.1-01: a rule that binds application alone has a test here")]
    [InlineData("| R-6.1-01 | a rule | public | WrongEpoch | Some.Test, No.Test |", "R-6.1-01: there is no test No.Test")]
    [InlineData("| R-6.1-01 | a rule | public | | Some.Test |", "WrongEpoch has no row")]
    public void A_row_that_is_wrong_is_found(string row, string? fault)
    {
        var rows = ValidationTable.Parse("page", ["## §6.1 Heading", row]).ToArray();
        var faults = ValidationTable.Faults(rows, test => test == "Some.Test", [nameof(MlsError.WrongEpoch)]);
        if (fault is null)
            faults.ShouldBeEmpty();
        else
            faults.ShouldContain(fault);
    }

    [Fact]
    public void An_id_that_stands_twice_is_found()
    {
        const string row = "| R-6.1-01 | a rule | public | WrongEpoch | Some.Test |";
        var rows = ValidationTable.Parse("page", ["## §6.1 Heading", row, row]).ToArray();
        ValidationTable.Faults(rows, _ => true, [nameof(MlsError.WrongEpoch)]).ShouldBe(["R-6.1-01 stands 2 times"]);
    }
}
