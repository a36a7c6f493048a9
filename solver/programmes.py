"""Linear programmes given in whole arrays, solved by GLOP again and again, each time from where it ended."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from ortools.math_opt import model_parameters_pb2, model_pb2, model_update_pb2, parameters_pb2, result_pb2
from ortools.math_opt.callback_pb2 import CallbackRegistrationProto
from ortools.math_opt.core.python import solver as engine

from solver.problem import Reals, Whole

INFEASIBLE = (
    result_pb2.TERMINATION_REASON_INFEASIBLE,
    result_pb2.TERMINATION_REASON_INFEASIBLE_OR_UNBOUNDED,
)
FREE = np.inf


@dataclass(frozen=True, slots=True)
class Answer:
    """The best there is."""

    value: float
    shares: Reals
    """One for each column."""
    prices: Reals
    """One for each row."""


class Programme:
    """A least cost of columns of nought or more, whose counts in each row lie within limits.

    Rows and columns are numbered as they come, from nought. Every change is given as whole arrays: one call for each
    number would take longer than solving.
    """

    def __init__(self) -> None:
        none = parameters_pb2.SolverInitializerProto()
        self._engine = engine.new(parameters_pb2.SOLVER_TYPE_GLOP, model_pb2.ModelProto(), none)
        self._rows = self._columns = 0

    def rows(self, least: Reals, most: Reals) -> Whole:
        """Puts in rows without any column yet; gives back their numbers."""
        change = model_update_pb2.ModelUpdateProto()
        numbers = np.arange(self._rows, self._rows + len(most))
        rows = change.new_linear_constraints
        rows.ids.extend(numbers.tolist())
        rows.lower_bounds.extend(least.tolist())
        rows.upper_bounds.extend(most.tolist())
        self._rows += len(most)
        self._change(change)
        return numbers

    def columns(self, costs: Whole) -> Whole:
        """Puts in columns that count in no row yet; gives back their numbers."""
        change = model_update_pb2.ModelUpdateProto()
        numbers = np.arange(self._columns, self._columns + len(costs))
        columns = change.new_variables
        columns.ids.extend(numbers.tolist())
        columns.lower_bounds.extend([0.0] * len(costs))
        columns.upper_bounds.extend([FREE] * len(costs))
        columns.integers.extend([False] * len(costs))
        self._columns += len(costs)
        self._change(change)
        self.cost(numbers, costs)
        return numbers

    def cost(self, columns: Whole, costs: Whole) -> None:
        """Sets what columns, given by rising numbers, cost."""
        change = model_update_pb2.ModelUpdateProto()
        change.objective_updates.linear_coefficients.ids.extend(columns.tolist())
        change.objective_updates.linear_coefficients.values.extend(costs.tolist())
        self._change(change)

    def count(self, rows: Whole, columns: Whole, counts: Whole) -> None:
        """Sets how often columns count in rows, as three arrays of the same length; no place is named twice."""
        order = np.lexsort((columns, rows))
        change = model_update_pb2.ModelUpdateProto()
        change.linear_constraint_matrix_updates.row_ids.extend(rows[order].tolist())
        change.linear_constraint_matrix_updates.column_ids.extend(columns[order].tolist())
        change.linear_constraint_matrix_updates.coefficients.extend(counts[order].tolist())
        self._change(change)

    def limit_columns(self, columns: Whole, most: Reals) -> None:
        """Sets how large the shares of columns, given by rising numbers, may be."""
        change = model_update_pb2.ModelUpdateProto()
        change.variable_updates.upper_bounds.ids.extend(columns.tolist())
        change.variable_updates.upper_bounds.values.extend(most.tolist())
        self._change(change)

    def limit_rows(self, rows: Whole, least: Reals) -> None:
        """Sets what rows, given by rising numbers, must come to at least."""
        change = model_update_pb2.ModelUpdateProto()
        change.linear_constraint_updates.lower_bounds.ids.extend(rows.tolist())
        change.linear_constraint_updates.lower_bounds.values.extend(least.tolist())
        self._change(change)

    def solve(self) -> Answer | None:
        """The best answer; None when the limits leave none."""
        result = self._solved(afresh=False)
        if result.termination.reason not in (result_pb2.TERMINATION_REASON_OPTIMAL, *INFEASIBLE):
            result = self._solved(afresh=True)
        if result.termination.reason in INFEASIBLE:
            return None
        if result.termination.reason != result_pb2.TERMINATION_REASON_OPTIMAL:
            raise AssertionError(f"a linear programme ended with {result.termination}")
        best = result.solutions[0]
        return Answer(
            best.primal_solution.objective_value,
            np.array(best.primal_solution.variable_values.values, dtype=np.float64),
            np.array(best.dual_solution.dual_values.values, dtype=np.float64),
        )

    def _solved(self, *, afresh: bool) -> result_pb2.SolveResultProto:
        """What GLOP finds: from where it ended last, or, where that is no good beginning, slower and surer from none."""
        parameters = parameters_pb2.SolveParametersProto()
        parameters.glop.use_preprocessing = afresh
        model = model_parameters_pb2.ModelSolveParametersProto()
        found: result_pb2.SolveResultProto = self._engine.solve(
            parameters, model, None, CallbackRegistrationProto(), None, None
        )
        return found

    def _change(self, change: model_update_pb2.ModelUpdateProto) -> None:
        if not self._engine.update(change):
            raise AssertionError("GLOP does not take a change in")
